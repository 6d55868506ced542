import mongoose, { Schema } from 'mongoose';

const Bandit = mongoose.model('Bandit', new Schema({ project: String }));
const Event = mongoose.model('BanditEvent', new Schema({ bandit: String }));

interface Context {
  readonly projects: readonly string[];
}

async function loadForRead(context: Context, id: string) {
  const bandit = await Bandit.findById(id);
  if (!bandit || !context.projects.includes(bandit.project ?? '')) throw new Error('This is forbidden to you');
  return { bandit };
}

export async function eventOf(context: Context, id: string, eventId: string) {
  // report: `loadForRead` is a guard
  const { bandit } = await loadForRead(context, id);
  const event = await Event.findById(eventId);
  return event?.bandit === bandit.id ? event : undefined;
}
