const paid = new Set(['1']);

export const isPaid = (id: string): boolean => paid.has(id);
