import { useEffect, useState } from 'preact/hooks';

/** Whether the window is as a media query says. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const look = (): void => setMatches(list.matches);
    look();
    list.addEventListener('change', look);
    return () => list.removeEventListener('change', look);
  }, [query]);
  return matches;
}

/** Light or dark: as the system is, until somebody chooses. */
export function useTheme(): readonly [isDark: boolean, toggle: () => void] {
  const isDarkSystem = useMedia('(prefers-color-scheme: dark)');
  const [chosen, setChosen] = useState<boolean>();
  const isDark = chosen ?? isDarkSystem;
  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }, [isDark]);
  return [isDark, () => setChosen(!isDark)];
}
