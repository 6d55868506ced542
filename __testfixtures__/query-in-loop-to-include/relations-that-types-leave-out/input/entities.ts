import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, type Relation } from 'typeorm';

@Entity('users')
export class User {
  @PrimaryColumn('int')
  id: number;

  @Column('text')
  name: string;

  @OneToMany(() => Post, (post) => post.author)
  posts: Relation<Post>[] | undefined;
}

@Entity('posts')
export class Post {
  @PrimaryColumn('int')
  id: number;

  @Column('text')
  title: string;

  @Column('int', { nullable: true })
  authorId: number | null;

  @ManyToOne(() => User, (user) => user.posts)
  @JoinColumn({ name: 'authorId' })
  author?: Relation<User>;
}
