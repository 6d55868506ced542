import { Column, Entity, JoinTable, ManyToMany, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

@Entity('user')
export class UserEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  email!: string;

  @ManyToMany(() => ArticleEntity)
  @JoinTable()
  favorites!: ArticleEntity[];

  @OneToMany(() => ArticleEntity, (article) => article.slug)
  articles!: ArticleEntity[];
}

@Entity('article')
export class ArticleEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  slug!: string;

  @Column()
  title!: string;

  @Column({ default: 0 })
  favoriteCount!: number;
}
