import { allTeamsOf } from './teams';

const words = { teams: 'Teams' };

const getTranslate = async () => (key: keyof typeof words) => words[key];

export const TeamsPage = async (props: Readonly<{ params: Promise<{ organizationId: string; userId: string }> }>) => {
  const params = await props.params;
  const t = await getTranslate();

  const { userTeams } = await allTeamsOf(params.userId, params.organizationId);

  return (
    <h1>
      {t('teams')}: {userTeams.length}
    </h1>
  );
};
