import { readJson } from './storage.ts';

export interface Customer {
  id: string;
  name: string;
  country?: string;
}

export interface CustomerSource {
  byId(id: string): Customer;
}

export class CustomerFiles implements CustomerSource {
  byId(id: string): Customer {
    return readJson<Customer>(`customers/${id}.json`);
  }

  nameOf(id: string): string {
    const { name } = this.byId(id);
    return name.toUpperCase();
  }
}
