import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { UserEntity } from './entities';

@Injectable()
export class ProfileService {
  constructor(
    @InjectRepository(UserEntity)
    private readonly userRepository: Repository<UserEntity>,
  ) {}

  async follow(email: string, name: string) {
    if (!email || !name) {
      throw new Error('Both are needed.');
    }

    // safe: 2 awaits in a row → Promise.all
    const followed = await this.userRepository.findOne({ where: { name } as any });
    const follower = await this.userRepository.findOne({ where: { email } });

    if (followed!.email === email) {
      throw new Error('Nobody follows oneself.');
    }
    return { follower: follower!.id, followed: followed!.id };
  }
}
