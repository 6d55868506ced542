import { JournalError } from '../../errors.ts';
import { messageOf } from '../whole-file.ts';

/**
 * What `act` gives.
 * @throws {JournalError} about `path` for every error.
 */
export async function inJournal<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw new JournalError(path, `the journal cannot be written: ${messageOf(error)}`);
  }
}
