import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ArticleEntity, UserEntity } from './entities';

@Injectable()
export class ArticleService {
  constructor(
    @InjectRepository(ArticleEntity)
    private readonly articleRepository: Repository<ArticleEntity>,
    @InjectRepository(UserEntity)
    private readonly userRepository: Repository<UserEntity>,
  ) {}

  async dislike(id: number, slug: string) {
    // safe: 2 awaits in a row → Promise.all
    const [articleResult, user] = await Promise.all([
      this.articleRepository.findOne({ where: { slug } }),
      this.userRepository.findOne({ where: { id } }),
    ]);
    let article = articleResult;

    const at = user!.favorites.findIndex((one) => one.id === article!.id);
    if (at >= 0) {
      user!.favorites.splice(at, 1);
      article!.favoriteCount--;
      // report: `this.userRepository.save`
      await this.userRepository.save(user!);
      article = await this.articleRepository.save(article!);
    }
    return { article };
  }

  async create(id: number, title: string) {
    const article = new ArticleEntity();
    article.title = title;

    // report: the table `ArticleEntity`
    const created = await this.articleRepository.save(article);

    const author = await this.userRepository.findOne({ where: { id }, relations: ['articles'] });
    author!.articles.push(article);

    await this.userRepository.save(author!);

    return created;
  }
}
