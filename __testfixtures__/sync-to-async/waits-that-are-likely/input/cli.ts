import * as settings from './overrides.ts';

export function tell(): void {
  if (settings.overrides.length > 0) console.error(settings.overrides.join(', '));
}
