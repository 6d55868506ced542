export const first = { count: 0 };
export const other: { inner?: { count: number } } = {};
