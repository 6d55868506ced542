import { dirname } from 'node:path';
import type { Campaign, CampaignFault } from '../../campaign/campaign.ts';
import { idsOfSet, loadTransform } from '../../api/choose.ts';
import { checkChoices, checkOptions } from '../../api/options.ts';
import { UsageError } from '../../errors.ts';

/** Everything that is wrong with the transforms, their options and the sets that a campaign names. Loads the transforms. */
export async function transformFaults({
  file,
  transforms,
  sets,
  placeOf,
}: Campaign): Promise<readonly CampaignFault[]> {
  const folder = dirname(file);
  const faults: CampaignFault[] = [];
  const tried = async <T>(place: string, act: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push({ place, says: error.message.replace(`${place}: `, '') });
      return undefined;
    }
  };
  for (const [name, given] of Object.entries(transforms)) {
    const place = placeOf(['transforms', name]);
    const named = await tried(place, () => loadTransform(name, folder, place));
    if (named === undefined || named.isForeign || typeof given === 'boolean') continue;
    for (const [key, value] of Object.entries(given)) {
      const at = placeOf(['transforms', name, key]);
      await tried(at, () =>
        checkChoices(
          named.transform,
          checkOptions(named.transform, { [key]: value }, () => at),
        ),
      );
    }
  }
  for (const [index, name] of sets.entries()) {
    const place = placeOf(['sets', index]);
    await tried(place, () => idsOfSet(name, place));
  }
  return faults;
}
