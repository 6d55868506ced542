import { Player, Score } from './models';

// queries: 9 → 3
export async function run(): Promise<string[]> {
  const players = await Player.findAll();
  const lines: string[] = [];
  const scoreCounts = await Score.count({ where: { playerId: players.map((player) => player.id) }, group: ['playerId'] });
  const scoreCountByPlayerId = new Map(scoreCounts.map((row) => [row.playerId, Number(row.count)]));
  const playerIds = players.map((player) => player.id);
  const allScores = await Score.findAll({ where: { playerId: playerIds }, order: [['matchId', 'ASC']] });
  const scoresByPlayerId = new Map<(typeof allScores)[number]['playerId'], typeof allScores>(playerIds.map((id) => [id, []]));
  for (const score of allScores) scoresByPlayerId.get(score.playerId)?.push(score);
  for (const player of players) {
    // safe: Score.count, Score.findAll in a loop → one query
    const played = scoreCountByPlayerId.get(player.id) ?? 0;
    if (played === 0) continue;
    const scores = scoresByPlayerId.get(player.id) ?? [];
    lines.push(`${player.name}: ${scores.map((score) => score.points).join(', ')} in ${played}`);
  }
  return lines.sort();
}
