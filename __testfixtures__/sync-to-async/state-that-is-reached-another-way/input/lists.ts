export const visits: string[] = [];
export const orders: string[] = [];
const notes: string[] = [];

export const shared = { notes };
export const note = (one: string): void => {
  notes.push(one);
};
