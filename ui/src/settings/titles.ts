/** What a command is called where it is no entry that leads on: without the three dots. */
import type { CommandId } from '../commands/commands';
import { commands as words } from '../words/commands';

export function titleOf(command: CommandId): string {
  return words.title(command).replace(/…$/u, '');
}
