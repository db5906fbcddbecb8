/** Why events of some days may be missing, in one sentence. Pure. */
import type { AccountView, ProviderKind, VisitProblem } from '../ipc/client';
import { words } from '../words';

/** What to say of a visit's problems; there is at least one. What needs the user comes first. */
export function visitWords(
  problems: readonly VisitProblem[],
  accounts: readonly AccountView[],
): string {
  const unreachable = new Set<ProviderKind>();
  for (const problem of problems) {
    const account = accounts.find(({ email }) => email === problem.account);
    if (problem.code !== 'offline' || account === undefined) {
      const message = words.failure.said(problem.code, problem.message);
      return words.visit.failed(problem.account, message);
    }
    unreachable.add(account.provider);
  }
  return words.visit.offline([...unreachable]);
}
