import { render } from 'preact';
import { App } from './app.tsx';
import { carriedReview } from './carried.ts';
import { servedReview } from './served.ts';

/** Shows the review that this page is for, or why it cannot be shown. */
async function start(place: HTMLElement): Promise<void> {
  try {
    const source = carriedReview() ?? (await servedReview());
    render(<App source={source} />, place);
    performance.mark('hasten-shown');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    render(
      <main class="empty">
        <p>The review cannot be shown: {reason}</p>
      </main>,
      place,
    );
  }
}

const place = document.getElementById('page');
if (place !== null) void start(place);
