import { resolve } from 'node:path'
import sharp from 'sharp'

// Draws the invented pictures of the sample: `node server/features/intake/demo/draw-pictures.ts`.
// Strong shapes and contrast on purpose: blurred and without colour they must still look like something.

const width = 1024
const height = 768

const defs = `<defs>
<filter id="wood" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.005 0.11" numOctaves="4" seed="11"/><feColorMatrix values="0 0 0 0 .28  0 0 0 0 .17  0 0 0 0 .10  .8 .5 0 0 -.22"/></filter>
<filter id="rough" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.035" numOctaves="4" seed="4"/><feColorMatrix values="0 0 0 0 .1  0 0 0 0 .1  0 0 0 0 .1  0 .55 0 0 -.12"/></filter>
<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.85" numOctaves="2" seed="5"/><feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  0 0 0 .26 0"/></filter>
<filter id="shadow" x="-40%" y="-40%" width="180%" height="180%"><feDropShadow dx="8" dy="16" stdDeviation="14" flood-opacity=".6"/></filter>
<filter id="soft"><feGaussianBlur stdDeviation="6"/></filter><filter id="mist"><feGaussianBlur stdDeviation="22"/></filter>
<linearGradient id="cover" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#2b5d46"/><stop offset="1" stop-color="#123023"/></linearGradient>
<linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#26324a"/><stop offset=".62" stop-color="#d58a58"/><stop offset="1" stop-color="#f3cf96"/></linearGradient>
<linearGradient id="day" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#8fb3cf"/><stop offset="1" stop-color="#eef2ee"/></linearGradient>
<linearGradient id="skin" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#e0b292"/><stop offset="1" stop-color="#a9714f"/></linearGradient>
<radialGradient id="edge" cx=".5" cy=".45" r=".78"><stop offset=".5" stop-opacity="0"/><stop offset="1" stop-opacity=".68"/></radialGradient>
<radialGradient id="flame"><stop offset="0" stop-color="#fff3c4"/><stop offset=".35" stop-color="#ffb03a"/><stop offset=".75" stop-color="#d8481b" stop-opacity=".75"/><stop offset="1" stop-color="#d8481b" stop-opacity="0"/></radialGradient>
<radialGradient id="lamp"><stop offset="0" stop-color="#fffbe8"/><stop offset=".25" stop-color="#ffeeb0" stop-opacity=".8"/><stop offset="1" stop-color="#ffeeb0" stop-opacity="0"/></radialGradient></defs>`

const fill = (paint: string, extra = '') => `<rect width="${width}" height="${height}" fill="${paint}" ${extra}/>`
const layer = (filter: string) => `<rect width="${width}" height="${height}" filter="url(#${filter})"/>`
const photo = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${defs}${body}${fill('url(#edge)')}${layer('grain')}</svg>`
const at = (x: number, y: number, turn: number, body: string, extra = 'filter="url(#shadow)"') =>
  `<g transform="translate(${x} ${y}) rotate(${turn})" ${extra}>${body}</g>`
const bars = (x: number, y: number, widths: number[], step: number, thick: number, paint: string) =>
  widths
    .map(
      (w, i) => `<rect x="${x}" y="${y + i * step}" width="${w}" height="${thick}" rx="${thick / 2}" fill="${paint}"/>`,
    )
    .join('')
/** A finger or an arm: a thick line with round ends over a darker one. */
const limb = (path: string, thick: number) =>
  `<path d="${path}" fill="none" stroke="#6d4430" stroke-width="${thick + 8}" stroke-linecap="round" stroke-linejoin="round"/><path d="${path}" fill="none" stroke="url(#skin)" stroke-width="${thick}" stroke-linecap="round" stroke-linejoin="round"/>`
const person = (x: number, y: number, size: number, paint: string) =>
  `<g transform="translate(${x} ${y}) scale(${size})" fill="${paint}"><circle cy="-168" r="24"/><path d="M-34-140q34-22 68 0l10 92h-16l-6 48h-18l-4-46-4 46h-18l-6-48h-16z"/></g>`

/** A torn edge from top to bottom, the same for the same seed. */
function torn(x: number, top: number, bottom: number, seed: number): string {
  let state = seed
  const points = Array.from({ length: 23 }, (_, i) => {
    state = (state * 16_807) % 2_147_483_647
    return `${(x + (state / 2_147_483_647 - 0.5) * 26).toFixed(1)},${(top + ((bottom - top) * i) / 22).toFixed(1)}`
  })
  return points.join(' ')
}
const cut = (id: string, points: string, body: string) =>
  `<clipPath id="${id}"><polygon points="${points}"/></clipPath><g clip-path="url(#${id})">${body}</g>`

const star = Array.from(
  { length: 12 },
  (_, i) => `<path d="M0-58L9-78 0-96-9-78z" transform="rotate(${i * 30})"/>`,
).join('')
const cover = `<rect width="290" height="410" rx="16" fill="url(#cover)"/><rect x="7" y="7" width="276" height="396" rx="12" fill="none" stroke="#fff" stroke-opacity=".14" stroke-width="2"/>
<g transform="translate(145 190)" fill="#e3c368"><circle r="46" fill="none" stroke="#e3c368" stroke-width="9"/>${star}</g>${bars(70, 50, [150], 0, 20, '#e3c368')}${bars(95, 330, [100, 60], 32, 14, '#e3c368')}`
const page = `<rect width="290" height="410" rx="6" fill="#f4eedb"/><rect x="24" y="40" width="104" height="136" fill="#8b9496"/><circle cx="76" cy="92" r="29" fill="#4c5558"/><path d="M30 176q46-84 92 0z" fill="#4c5558"/>
${bars(148, 48, [110, 84, 118, 70, 100], 27, 10, '#59666c')}${bars(24, 220, [240, 205, 228, 180], 27, 10, '#8d979b')}${bars(24, 345, [242, 242], 28, 13, '#39444a')}`
const tear = torn(148, -10, 420, 77)
const back = tear.split(' ').reverse().join(' ')
const leftHalf = (id: string) => cut(id, `-20,-10 ${tear} -20,420`, page)
const rightHalf = (id: string) => cut(id, `310,-10 310,420 ${back}`, page)
const table = `${fill('#8c6443')}${layer('wood')}`

const whole =
  photo(`${fill('#c9c4b6')}${layer('rough')}<rect y="560" width="1024" height="208" fill="#3b2a1e"/><rect x="640" width="300" height="430" fill="#eef1ee" filter="url(#mist)"/>
<g transform="translate(-200 -165) scale(1.36)">${limb('M470 800Q500 700 560 640', 150)}${limb('M600 620Q640 520 640 430', 52)}${limb('M560 640Q640 640 690 560', 58)}${at(330, 150, -7, cover)}${limb('M470 690Q430 610 470 520', 62)}<ellipse cx="471" cy="512" rx="17" ry="24" fill="#f0d3bf" opacity=".8"/></g>`)
const halves = `${fill('#2b3038')}${layer('rough')}<path d="M0 560H1024V768H0z" fill="#4b4238"/>${limb('M-60 700Q90 640 190 560', 150)}${limb('M1090 690Q950 640 850 560', 150)}
${limb('M180 520Q230 440 240 360', 50)}${limb('M860 520Q800 440 790 360', 50)}${at(205, 180, -15, leftHalf('h1'))}${at(555, 110, 15, rightHalf('h2'))}${limb('M170 580Q240 560 290 500', 58)}${limb('M870 580Q800 560 740 500', 58)}
<g fill="#f4eedb">${[
  [470, 330, 20],
  [505, 430, 60],
  [450, 520, 100],
  [535, 560, 10],
  [490, 640, 45],
]
  .map(([x, y, r]) => `<path d="M0 0l26 8-10 22-24-8z" transform="translate(${x} ${y}) rotate(${r})"/>`)
  .join('')}</g>`
const torn2 = photo(halves)
const flames = [
  [505, 360, 150, 190],
  [430, 400, 90, 130],
  [590, 395, 95, 140],
  [510, 300, 70, 150],
]
const burnt =
  photo(`${table}<ellipse cx="512" cy="520" rx="330" ry="150" fill="#15110d" filter="url(#shadow)"/><ellipse cx="512" cy="500" rx="330" ry="140" fill="#5d5a57"/><ellipse cx="512" cy="492" rx="292" ry="112" fill="#141211"/>
${at(235, 270, -28, leftHalf('b1'), 'opacity=".95"')}${at(560, 300, 38, cut('b2', '-10,-10 300,-10 300,210 230,250 170,205 110,255 50,215 -10,240', cover), '')}<path d="M182 500a330 140 0 0 0 660 0l-6 44q-60 126-324 130-264-4-324-130z" fill="#3b3937"/>
${flames.map(([x, y, rx, ry]) => `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="url(#flame)"/>`).join('')}${at(70, 590, -20, cut('b3', `150,60 ${torn(230, 40, 220, 9)} 150,230`, page))}${at(800, 560, 24, cut('b4', '0,320 290,320 290,410 0,410', page))}`)
const frame = `<rect y="590" width="1024" height="178" fill="#0f2340"/><rect x="44" y="624" width="12" height="104" fill="#e4b53d"/>${bars(80, 630, [620], 0, 36, '#f3f5f8')}${bars(80, 688, [430], 0, 24, '#9db0ca')}<rect x="836" y="34" width="152" height="62" rx="8" fill="#0f2340"/>${bars(858, 56, [108], 0, 20, '#f3f5f8')}`
const ground = '#2a2620'
const road =
  photo(`${fill('url(#day)')}<path d="M0 430H1024V768H0z" fill="#b49a63"/>${layer('rough')}<path d="M455 430h90L900 768H170z" fill="#5a5750"/><path d="M495 440h12l30 328h-68z" fill="#e9e2cb"/>
${[90, 250, 350, 410].map((x, i) => `<path d="M${x} ${150 + i * 70}V${600 - i * 42}M${x - 60 + i * 13} ${190 + i * 64}h${120 - i * 26}" stroke="${ground}" stroke-width="${16 - i * 3}"/>`).join('')}`)
const bridge =
  photo(`${fill('url(#dusk)')}<circle cx="730" cy="400" r="66" fill="#fff1cf"/><path d="M0 500H1024V768H0z" fill="#6d6f7c"/><path d="M640 500h180l70 268H560z" fill="#f6d9a4" opacity=".75" filter="url(#soft)"/>
<path d="M0 400H1024v44H0z" fill="${ground}"/><path d="M40 400Q256 110 470 400Q686 110 900 400" fill="none" stroke="${ground}" stroke-width="18"/>${[110, 180, 256, 330, 400, 560, 640, 700, 770, 840].map((x) => `<path d="M${x} 240v170" stroke="${ground}" stroke-width="8"/>`).join('')}${[40, 470, 900].map((x) => `<path d="M${x - 26} 300h52v290h-52z" fill="${ground}"/>`).join('')}`)
const walkers = photo(
  `${fill('url(#dusk)')}<path d="M0 560Q500 500 1024 570V768H0z" fill="#3a3226"/>${person(470, 700, 2.1, '#17140f')}${person(610, 704, 1.15, '#17140f')}<path d="M540 480L590 590" stroke="#17140f" stroke-width="20" stroke-linecap="round"/><path d="M820 560V250l150 40-150 50" fill="#17140f" stroke="#17140f" stroke-width="12"/>`,
)
const doorway = photo(
  `${fill('#20242b')}<path d="M350 70h330v698H350z" fill="#dfe6e6"/><path d="M350 560h330v208H350z" fill="#9b8e79"/>${person(520, 690, 1.3, '#2c2f33')}<path d="M400 640h90v110h-90zM420 640q25-50 50 0" fill="#3b2f25" stroke="#3b2f25" stroke-width="10"/>${layer('rough')}`,
)
const leaflet = photo(
  `${fill('#8d8f8c')}${layer('rough')}<path d="M700 0h130v768H700z" fill="#4a4d4e"/>${at(180, 90, -4, `<rect width="430" height="590" fill="#f7f4e9"/><rect width="430" height="120" fill="#1c1c1c"/>${bars(50, 45, [330], 0, 32, '#f7f4e9')}${bars(50, 170, [330, 290, 310, 240, 300, 330, 180], 46, 16, '#444')}<rect x="140" y="490" width="150" height="64" fill="#b3261e"/>`)}`,
)
const crowd = photo(`${fill('url(#day)')}<path d="M0 120h300v360H0zM720 60h304v420H720z" fill="#6d747a"/>${[
  [150, 170, -6],
  [420, 120, 4],
  [690, 190, 8],
]
  .map(([x, y, r]) =>
    at(
      x ?? 0,
      y ?? 0,
      r ?? 0,
      `<path d="M104 150h14v260h-14z" fill="${ground}"/><rect width="222" height="150" fill="#f6f2e4"/>${bars(30, 36, [160, 120], 48, 22, '#242424')}`,
    ),
  )
  .join('')}
${Array.from({ length: 15 }, (_, i) => person(30 + i * 70, 700 + (i % 3) * 50, 1.25 + (i % 4) * 0.12, ['#22262c', '#3a3f47', '#15171a'][i % 3] ?? ground)).join('')}`)
const night = photo(
  `${fill('#0b0e14')}<path d="M0 520H1024V768H0z" fill="#1b1d22"/><path d="M330 420l60-110h250l60 110q60 10 60 70v90H270v-90q0-60 60-70z" fill="#2c313b"/><path d="M400 330h228l40 84H362z" fill="#59636f"/><circle cx="330" cy="490" r="150" fill="url(#lamp)"/><circle cx="700" cy="490" r="150" fill="url(#lamp)"/>${bars(440, 520, [150], 0, 34, '#d9dde2')}<path d="M250 580l-250 150v38h1024v-38L780 580z" fill="#ffeeb0" opacity=".14"/>`,
)
const wall = photo(
  `${fill('#b9b2a4')}${Array.from({ length: 12 }, (_, r) => Array.from({ length: 9 }, (_, c) => `<rect x="${c * 128 - (r % 2) * 64}" y="${r * 64}" width="124" height="60" fill="${(r * 7 + c * 5) % 3 ? '#a4553f' : '#93492f'}"/>`).join('')).join('')}${layer('rough')}<g fill="none" stroke="#101010" stroke-width="42" stroke-linecap="round" stroke-linejoin="round"><circle cx="300" cy="380" r="170"/><path d="M300 210v340M560 250l260 260M820 250L560 510"/></g><path d="M120 640q380-70 780 0" stroke="#f2f2ee" stroke-width="26" fill="none" stroke-linecap="round"/>`,
)
const bubble = (y: number, w: number, mine: boolean, lines: number[], dark: boolean) =>
  `<rect x="${mine ? 960 - w : 64}" y="${y}" width="${w}" height="${lines.length * 40 + 42}" rx="28" fill="${mine ? '#3a7bd5' : dark ? '#2d333d' : '#fff'}"/>${bars((mine ? 960 - w : 64) + 34, y + 32, lines, 40, 18, mine ? '#e8f0fb' : dark ? '#c5ccd6' : '#4a525c')}`
const chat = (dark: boolean) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${fill(dark ? '#12161c' : '#d7dde4')}<rect width="1024" height="96" fill="${dark ? '#1d232c' : '#f7f9fb'}"/><circle cx="96" cy="48" r="32" fill="#8a5a9e"/>${bars(150, 26, [240, 140], 30, 16, dark ? '#c5ccd6' : '#39424d')}
${bubble(130, 560, false, [460, 380], dark)}${bubble(276, 430, true, [340], dark)}${bubble(384, 640, false, [560, 520, 300], dark)}${bubble(570, 520, true, [430, 280], dark)}</svg>`
const offer = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${defs}${fill('#f6c622')}<path d="M0 0h1024v190H0z" fill="#b71c1c"/>${bars(80, 60, [700], 0, 70, '#fff')}<circle cx="770" cy="470" r="190" fill="#1b5e20"/><path d="M700 470l50 60 110-130" fill="none" stroke="#fff" stroke-width="44"/>${bars(80, 290, [400, 330, 370], 90, 42, '#2b2b2b')}<rect x="80" y="600" width="400" height="100" rx="50" fill="#b71c1c"/>${bars(150, 634, [260], 0, 32, '#fff')}</svg>`
const route = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${defs}${fill('#e6e2d3')}<path d="M0 470Q260 380 420 520T1024 430V768H0z" fill="#a9c3d6"/><g fill="none" stroke="#fff" stroke-width="20"><path d="M0 180L1024 330M260 0L420 520M720 0L640 460M0 360L560 300"/></g><path d="M150 640Q260 420 420 380T620 220 880 130" fill="none" stroke="#b3261e" stroke-width="22" stroke-dasharray="52 26"/><circle cx="150" cy="640" r="40" fill="#1c1c1c"/><path d="M880 130m-52-60a52 52 0 1 1 104 0q0 40-52 116-52-76-52-116z" fill="#b3261e"/></svg>`

export const drawings: Record<string, string> = {
  'series-1.jpg': whole,
  'series-2.jpg': torn2,
  'series-3.jpg': burnt,
  'road.jpg': road,
  'river-bridge.jpg': bridge,
  'walkers.jpg': walkers,
  'doorway.jpg': doorway,
  'leaflet.jpg': leaflet,
  'crowd.jpg': crowd,
  'night-car.jpg': night,
  'wall-paint.jpg': wall,
  'chat-light.png': chat(false),
  'chat-dark.png': chat(true),
  'offer.png': offer,
  'route-map.png': route,
}

/** Copies of the series as they come back: cut, mirrored, with a bar across, inside a broadcast frame. */
export const copies = ['news-frame.jpg', 'series-2-cut.jpg', 'series-3-mirror.jpg', 'series-3-bar.jpg']

async function draw(folder: string) {
  const out = (name: string) => resolve(folder, name)
  const render = (name: string) => sharp(Buffer.from(drawings[name] ?? ''))
  for (const name of Object.keys(drawings)) {
    const picture = render(name)
    await (name.endsWith('.png') ? picture.png({ palette: true, colours: 32 }) : picture.jpeg({ quality: 74 })).toFile(
      out(name),
    )
  }
  const overlay = (body: string) => Buffer.from(`<svg width="${width}" height="${height}">${body}</svg>`)
  const news = overlay(frame)
  const bar = overlay(
    '<rect y="668" width="1024" height="100" fill="#111"/><rect x="60" y="704" width="540" height="28" fill="#eee"/>',
  )
  await render('series-2.jpg')
    .composite([{ input: news }])
    .jpeg({ quality: 74 })
    .toFile(out('news-frame.jpg'))
  await render('series-2.jpg')
    .extract({ left: 26, top: 19, width: 972, height: 729 })
    .jpeg({ quality: 45 })
    .toFile(out('series-2-cut.jpg'))
  await render('series-3.jpg').flop().jpeg({ quality: 60 }).toFile(out('series-3-mirror.jpg'))
  await render('series-3.jpg')
    .composite([{ input: bar }])
    .jpeg({ quality: 60 })
    .toFile(out('series-3-bar.jpg'))
}

if (import.meta.main) await draw(resolve(import.meta.dirname, 'media'))
