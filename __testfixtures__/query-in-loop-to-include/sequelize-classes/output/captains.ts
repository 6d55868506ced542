import { Player, Team } from './models';

interface Row {
  readonly team: string;
  readonly captain: Player | null;
}

export class TeamService {
  constructor(
    private readonly teams: typeof Team,
    private readonly players: typeof Player,
  ) {}

  async captains(): Promise<Row[]> {
    const teams = await this.teams.findAll({ order: [['name', 'ASC']] });
    const playerIds = [...new Set(teams.flatMap((team) => team.captainId ?? []))];
    const players = await this.players.findAll({ where: { id: playerIds } });
    const playerById = new Map(players.map((player) => [player.id, player]));
    const rows = teams.map((team) => {
      // review: Turns with the same `team.captainId` may share one object: nobody changes it after it is handed on
      const captain = team.captainId === null ? null : (playerById.get(team.captainId) ?? null);
      return { team: team.name, captain };
    });
    return rows;
  }
}

// queries: 3 → 2
export const run = () => new TeamService(Team, Player).captains();
