export interface User {
  id: number;
  name: string;
  email: string;
  teamId: number | null;
}

export interface Post {
  id: number;
  title: string;
  price: string | null;
  authorId: number | null;
  published: boolean;
}

export interface Review {
  postId: number;
  userId: number;
  stars: number;
}

export interface Transfer {
  id: number;
  accountId: string | null;
  amount: string;
}
