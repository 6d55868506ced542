import { Model } from 'objection';

export class Coach extends Model {
  id!: number;

  static tableName = 'coaches';
}

export class Lesson extends Model {
  id!: number;
  coachId!: number;

  static tableName = 'lessons';
}

export async function lessonsOf(ids: readonly number[]) {
  const counts: number[] = [];
  for (const coachId of ids) {
    // report: deletes rows of `Coach` in a turn
    const lessons = await Lesson.query().where({ coachId }).orderBy('id');
    counts.push(lessons.length);
    await Coach.query().deleteById(coachId + 1);
  }
  return counts;
}
