// Everything here is a convenience: each page works without it.
import { startNavigation } from './navigation.js';
import { startForms } from './forms.js';
import { startShortcuts } from './shortcuts.js';
import { startLive } from './live.js';
import { startDrafts } from './drafts.js';
import { startPreview } from './preview.js';
import { startOpened } from './opened.js';

document.documentElement.classList.add('js');
startForms();
startNavigation();
startShortcuts();
startLive();
startDrafts();
startPreview();
startOpened();
