import { sends } from '../join/page.js';

sends('setup');
