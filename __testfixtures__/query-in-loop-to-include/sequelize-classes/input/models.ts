import { DataTypes, Model, Sequelize } from 'sequelize';
import type {
  BelongsToGetAssociationMixin,
  CreationOptional,
  HasManyCountAssociationsMixin,
  HasManyGetAssociationsMixin,
  InferAttributes,
  InferCreationAttributes,
  NonAttribute,
} from 'sequelize';

export const sequelize = new Sequelize(process.env.DATABASE_URL as string, {
  logging: false,
  pool: { max: 1 },
  define: { timestamps: false, underscored: true },
});

export class Team extends Model<InferAttributes<Team>, InferCreationAttributes<Team>> {
  declare id: CreationOptional<number>;
  declare name: string;
  declare captainId: string | null;

  declare players?: NonAttribute<Player[]>;
  declare captain?: NonAttribute<Player | null>;
  declare getPlayers: HasManyGetAssociationsMixin<Player>;
  declare countPlayers: HasManyCountAssociationsMixin;
}
Team.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true },
    name: { type: DataTypes.STRING, allowNull: false },
    captainId: DataTypes.BIGINT,
  },
  { sequelize, modelName: 'Team' },
);

export class Player extends Model<InferAttributes<Player>, InferCreationAttributes<Player>> {
  declare id: CreationOptional<string>;
  declare name: string;
  declare teamId: number | null;
  declare rating: string | null;

  declare team?: NonAttribute<Team | null>;
  declare getTeam: BelongsToGetAssociationMixin<Team>;
}
Player.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true },
    name: { type: DataTypes.STRING, allowNull: false, unique: true },
    teamId: DataTypes.INTEGER,
    rating: DataTypes.DECIMAL(6, 2),
  },
  { sequelize, modelName: 'Player' },
);

export class Score extends Model<InferAttributes<Score>, InferCreationAttributes<Score>> {
  declare matchId: number;
  declare playerId: string;
  declare points: number;
}
Score.init(
  {
    matchId: { type: DataTypes.INTEGER, primaryKey: true },
    playerId: { type: DataTypes.BIGINT, primaryKey: true },
    points: { type: DataTypes.INTEGER, allowNull: false },
  },
  { sequelize, modelName: 'Score' },
);

Team.hasMany(Player, { as: 'players', foreignKey: 'teamId' });
Team.belongsTo(Player, { as: 'captain', foreignKey: 'captainId' });
Player.belongsTo(Team, { as: 'team', foreignKey: 'teamId' });
