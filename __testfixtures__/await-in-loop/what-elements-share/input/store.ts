export const current = { size: 0 };
