import {
  BaseEntity,
  Column,
  DeleteDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';

@Entity('users')
export class User {
  @PrimaryColumn('int')
  id: number;

  @Column('text')
  name: string;

  @Column('text', { unique: true })
  email: string;

  @Column('int', { nullable: true })
  managerId: number | null;

  @ManyToOne(() => User, (user) => user.reports)
  @JoinColumn({ name: 'managerId' })
  manager: Relation<User> | null;

  @OneToMany(() => User, (user) => user.manager)
  reports: Relation<User>[];

  @OneToMany(() => Post, (post) => post.author)
  posts: Relation<Post>[];

  @OneToOne(() => Profile, (profile) => profile.user)
  profile: Relation<Profile> | null;
}

@Entity('profiles')
export class Profile {
  @PrimaryColumn('int')
  id: number;

  @Column('text', { nullable: true })
  bio: string | null;

  @Column('int', { unique: true })
  userId: number;

  @OneToOne(() => User, (user) => user.profile)
  @JoinColumn({ name: 'userId' })
  user: Relation<User>;
}

@Entity('categories')
export class Category {
  @PrimaryColumn('int')
  id: number;

  @Column('text', { unique: true })
  slug: string;

  @DeleteDateColumn({ type: 'timestamptz' })
  deletedAt: Date | null;
}

@Entity('posts')
export class Post {
  @PrimaryColumn('int')
  id: number;

  @Column('text')
  title: string;

  @Column('numeric', { precision: 10, scale: 2, nullable: true })
  price: string | null;

  @Column('text')
  status: string;

  @Column('int', { nullable: true })
  authorId: number | null;

  @Column('int', { name: 'editor_id', nullable: true })
  editorId: number | null;

  @Column('int', { nullable: true })
  categoryId: number | null;

  @ManyToOne(() => User, (user) => user.posts)
  @JoinColumn({ name: 'authorId' })
  author: Relation<User> | null;

  @ManyToOne(() => User)
  @JoinColumn({ name: 'editor_id' })
  editor: Promise<User | null>;

  @ManyToOne(() => Category)
  @JoinColumn({ name: 'categoryId' })
  category: Relation<Category> | null;

  @OneToMany(() => Comment, (comment) => comment.post, { lazy: true })
  comments: Promise<Comment[]>;
}

@Entity('comments')
export class Comment {
  @PrimaryColumn('bigint')
  id: string;

  @Column('text')
  body: string;

  @Column('int')
  postId: number;

  @Column('int', { nullable: true })
  userId: number | null;

  @DeleteDateColumn({ type: 'timestamptz' })
  deletedAt: Date | null;

  @ManyToOne(() => Post, (post) => post.comments)
  @JoinColumn({ name: 'postId' })
  post: Relation<Post>;

  @ManyToOne(() => User)
  @JoinColumn({ name: 'userId' })
  user: Relation<User> | null;
}

@Entity('orders')
export class Order extends BaseEntity {
  @PrimaryColumn('bigint')
  id: string;

  @Column('text')
  country: string;

  @Column('date')
  placedOn: string;
}

@Entity('order_lines')
export class OrderLine extends BaseEntity {
  @PrimaryColumn('int')
  id: number;

  @Column('bigint')
  orderId: string;

  @Column('text')
  sku: string;

  @Column('int')
  quantity: number;
}

@Entity('prices')
export class Price extends BaseEntity {
  @PrimaryColumn('text')
  sku: string;

  @PrimaryColumn('text')
  country: string;

  @Column('numeric', { precision: 10, scale: 2 })
  amount: string;
}
