// Takes the lock of the campaign folder argv[2], says so, and keeps it until it is killed.
import { Workdir } from '../../../dist/store/workdir.js';

new Workdir(process.argv[2]).open();
process.stdout.write('locked\n');
setInterval(() => undefined, 1000);
