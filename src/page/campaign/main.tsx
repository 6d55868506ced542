import { render } from 'preact';
import { CampaignApp } from './campaign-app.tsx';

const place = document.getElementById('page');
if (place !== null) render(<CampaignApp />, place);
