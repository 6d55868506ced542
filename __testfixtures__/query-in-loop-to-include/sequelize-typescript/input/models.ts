import {
  BelongsTo,
  Column,
  DataType,
  DeletedAt,
  ForeignKey,
  HasMany,
  Model,
  Table,
} from 'sequelize-typescript';

@Table({ tableName: 'suppliers', timestamps: false })
export class Supplier extends Model {
  @Column({ type: DataType.UUID, primaryKey: true })
  declare id: string;

  @Column({ type: DataType.STRING, allowNull: false })
  declare name: string;

  @Column({ type: DataType.UUID, allowNull: true })
  declare parentId: string | null;

  @HasMany(() => Product)
  declare products: Product[];
}

@Table({ tableName: 'products', createdAt: false, updatedAt: false, paranoid: true })
export class Product extends Model {
  @Column({ type: DataType.INTEGER, primaryKey: true })
  declare id: number;

  @Column({ type: DataType.STRING, allowNull: false, unique: true })
  declare code: string;

  @Column({ type: DataType.DECIMAL(10, 2), allowNull: true })
  declare price: string | null;

  @ForeignKey(() => Supplier)
  @Column({ type: DataType.UUID, allowNull: true })
  declare supplierId: string | null;

  @BelongsTo(() => Supplier)
  declare supplier: Supplier | null;

  @HasMany(() => Review)
  declare reviews: Review[];

  @DeletedAt
  declare deletedAt: Date | null;
}

@Table({ tableName: 'customers', timestamps: false })
export class Customer extends Model {
  @Column({ type: DataType.INTEGER, primaryKey: true })
  declare id: number;

  @Column({ type: DataType.STRING, allowNull: false })
  declare name: string;

  @Column({ type: DataType.INTEGER, allowNull: true })
  declare referrerId: number | null;
}

@Table({ tableName: 'reviews', timestamps: false })
export class Review extends Model {
  @Column({ type: DataType.INTEGER, primaryKey: true })
  declare id: number;

  @ForeignKey(() => Product)
  @Column({ type: DataType.INTEGER, allowNull: false })
  declare productId: number;

  @Column({ type: DataType.INTEGER, allowNull: false })
  declare stars: number;

  @Column({ type: DataType.INTEGER, allowNull: true })
  declare userId: number | null;

  @Column({ type: DataType.TEXT, allowNull: true })
  declare text: string | null;
}
