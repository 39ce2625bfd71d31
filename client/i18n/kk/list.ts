/** Words that all lists share. */
export const list = {
  filterBy: 'Сүзу',
  sort: 'Рет',
  shown: '{{from}}–{{to}} көрсетілді',
  more: 'Тағы жүктелуде',
  loading: 'Жүктелуде',
  updated: 'Жаңартылды {{time}}',
  moreFailed: 'Келесі жолдар жүктелмеді.',
  kept: 'Ештеңе өзгерген жоқ.',
  yes: 'Иә',
  no: 'Жоқ',
  clear: 'Сүзгілерді тазалау',
  'sort.newest': 'Алдымен жаңалары',
  'sort.oldest': 'Алдымен ескілері',
} as const
