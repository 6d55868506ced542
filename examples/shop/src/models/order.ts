import {
  DataTypes,
  Model,
  type CreationOptional,
  type HasManyGetAssociationsMixin,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { sequelize } from '../db.js';
import type { Customer } from './customer.js';
import type { OrderItem } from './order-item.js';

export const orderStatuses = ['unpaid', 'paid', 'shipped'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export class Order extends Model<InferAttributes<Order>, InferCreationAttributes<Order>> {
  declare id: CreationOptional<number>;
  declare customerId: number | null;
  declare status: OrderStatus;
  declare totalCents: number;
  declare placedAt: Date;

  declare customer?: NonAttribute<Customer | null>;
  declare items?: NonAttribute<OrderItem[]>;
  declare getItems: HasManyGetAssociationsMixin<OrderItem>;
}

Order.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    customerId: { type: DataTypes.INTEGER, allowNull: true },
    status: { type: DataTypes.TEXT, allowNull: false },
    totalCents: { type: DataTypes.INTEGER, allowNull: false },
    placedAt: { type: DataTypes.DATE, allowNull: false },
  },
  { sequelize, tableName: 'orders', underscored: true, timestamps: false },
);
