import { Model } from 'objection';

export class User extends Model {
  id!: number;
  name!: string;
  email!: string;
  teamId!: number | null;
  posts?: Post[];

  static tableName = 'users';
  static jsonSchema = {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      name: { type: 'string' },
      email: { type: 'string' },
      teamId: { type: ['integer', 'null'] },
    },
  };
  static relationMappings = () => ({
    posts: {
      relation: Model.HasManyRelation,
      modelClass: Post,
      join: { from: 'users.id', to: 'posts.authorId' },
    },
  });
}

export class Post extends Model {
  id!: number;
  title!: string;
  price!: string | null;
  authorId!: number | null;
  published!: boolean;
  author?: User | null;
  tags?: Tag[];

  static tableName = 'posts';
  static relationMappings = () => ({
    author: {
      relation: Model.BelongsToOneRelation,
      modelClass: User,
      join: { from: 'posts.authorId', to: 'users.id' },
    },
    tags: {
      relation: Model.ManyToManyRelation,
      modelClass: Tag,
      join: {
        from: 'posts.id',
        through: { from: 'postTags.postId', to: 'postTags.tagId' },
        to: 'tags.id',
      },
    },
  });
}

export class Tag extends Model {
  id!: number;
  label!: string;

  static tableName = 'tags';
}

export class Comment extends Model {
  id!: number;
  postId!: number;
  userId!: number | null;
  body!: string;

  static tableName = 'comments';
}

export class Review extends Model {
  postId!: number;
  userId!: number;
  stars!: number;

  static tableName = 'reviews';
  static idColumn = ['postId', 'userId'];
}

export class Account extends Model {
  id!: string;
  owner!: string;
  balance!: string;

  static tableName = 'accounts';

  $afterFind() {
    this.owner = this.owner.toUpperCase();
  }
}

export class Transfer extends Model {
  id!: number;
  accountId!: string | null;
  amount!: string;

  static tableName = 'transfers';
}
