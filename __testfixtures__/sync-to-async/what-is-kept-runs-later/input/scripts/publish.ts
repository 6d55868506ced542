import { finish, publish } from '../publishing.ts';

publish();
finish();
