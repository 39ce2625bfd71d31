/** What a field holds once `text` stands at its cursor, apart from the words around it, and where the cursor is then. */
export function insertedAt({ value, selectionStart, selectionEnd }: HTMLTextAreaElement, text: string) {
  const [before, after] = [value.slice(0, selectionStart), value.slice(selectionEnd)]
  const head = `${before}${before === '' || /\s$/.test(before) ? '' : ' '}${text}`
  return { value: `${head}${after === '' || /^[\s.,;:!?)]/.test(after) ? '' : ' '}${after}`, cursor: head.length }
}
