import { Model, type Pojo } from 'objection';

export class Person extends Model {
  id!: number;
  email!: string;
  name!: string;

  static tableName = 'people';
  static jsonSchema = {
    type: 'object',
    properties: { id: { type: 'integer' }, email: { type: 'string' }, name: { type: 'string' } },
  };

  $parseDatabaseJson(json: Pojo) {
    const row = super.$parseDatabaseJson(json);
    return { ...row, email: String(row['email']).replace('@example.com', '@hidden') };
  }
}

/** A row does not have the key that it is found by. */
export async function byEmail(emails: readonly string[]) {
  const out: (string | undefined)[] = [];
  const emails2 = emails.slice(0, 10);
  const people = await Person.query().whereIn('email', [...new Set(emails2)]);
  const personByEmail = new Map(people.map((person) => [person.email, person]));
  for (const email of emails2) {
    // review: `$parseDatabaseJson` of `Person` leaves the `email` of a row as the database has it
    const person = personByEmail.get(email);
    out.push(person?.name);
  }
  return out;
}

export class Member extends Model {
  id!: number;
  code!: string;

  static tableName = 'members';
  static jsonSchema = { type: 'object', properties: { id: { type: 'integer' }, code: { type: 'string' } } };

  $afterFind() {
    this.code = this.code.toUpperCase();
  }
}

export async function byCode(codes: readonly string[]) {
  const out: (number | undefined)[] = [];
  const codes2 = codes.slice(0, 10);
  const members = await Member.query().whereIn('code', [...new Set(codes2)]);
  const memberByCode = new Map(members.map((member) => [member.code, member]));
  for (const code of codes2) {
    // review: and leaves its `code` as it is
    const member = memberByCode.get(code);
    out.push(member?.id);
  }
  return out;
}
