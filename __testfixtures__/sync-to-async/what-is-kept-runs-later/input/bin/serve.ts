#!/usr/bin/env node
import { Answers } from '../answers.ts';

await new Answers('answers').listen();
