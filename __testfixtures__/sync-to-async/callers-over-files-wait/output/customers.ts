import { readJson } from './storage.ts';

export interface Customer {
  id: string;
  name: string;
  country?: string;
}

export interface CustomerSource {
  byId(id: string): Promise<Customer>;
}

export class CustomerFiles implements CustomerSource {
  async byId(id: string): Promise<Customer> {
    return readJson<Customer>(`customers/${id}.json`);
  }

  async nameOf(id: string): Promise<string> {
    const { name } = await this.byId(id);
    return name.toUpperCase();
  }
}
