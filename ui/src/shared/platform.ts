/** Whether the Command key is the modifier here. */
export function isMac(): boolean {
  return /mac/i.test(navigator.platform);
}

/** Whether a key pressed there is text, not a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
