import { Column, DeleteDateColumn, Entity, PrimaryColumn } from 'typeorm';

@Entity('users')
export class User {
  @PrimaryColumn()
  id: number;

  @Column()
  name: string;

  @Column({ unique: true, select: false })
  token: string;

  @Column('uuid', { unique: true })
  uid: string;

  @Column('char', { length: 6, unique: true })
  code: string;

  @Column('bigint', { unique: true })
  big: string;
}

@Entity('posts')
export class Post {
  @PrimaryColumn()
  id: number;

  @Column()
  slug: string;

  @Column('int')
  authorId: number;

  @Column('boolean', { default: false })
  live: boolean;

  @Column('uuid')
  editorUid: string;

  @DeleteDateColumn()
  deletedAt: Date | null;
}
