export type Tone = 'ok' | 'warn' | 'bad' | 'note' | 'gone' | 'accent'

export function toneStyle(tone: Tone) {
  return tone === 'accent'
    ? { color: 'var(--dk-accent)', background: 'var(--dk-accent-soft)', borderColor: 'var(--dk-accent-line)' }
    : { color: `var(--dk-${tone}-fg)`, background: `var(--dk-${tone}-bg)`, borderColor: `var(--dk-${tone}-line)` }
}
