import css from './badges.module.css'

/** The same person has the same colour on every screen: it comes from the id, not from the order of arrival. */
export function hueOf(id: string) {
  let hash = 0
  for (const char of id) hash = (hash * 31 + char.codePointAt(0)!) % 3_600
  return hash / 10
}

export function initialsOf(name: string) {
  const words = name.trim().split(/\s+/)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}

type Props = {
  id: string
  name: string
  size?: number /** Beside the written name: only a picture then. */
  isPlain?: boolean
}

/** A colleague: initials on a stable colour. White on every hue reaches 4.5:1, as the lightness is fixed. */
export function Face({ id, name, size = 22, isPlain = false }: Props) {
  const style = { background: `oklch(0.45 0.1 ${hueOf(id)})`, width: size, height: size, fontSize: size * 0.44 }
  const named = isPlain ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name, title: name }
  return <span className={css.face} style={style} data-initials={initialsOf(name)} {...named} />
}
