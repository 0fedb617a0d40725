const SVG = 'http://www.w3.org/2000/svg'

/** A line drawing on a grid of 24, decorative. */
function icon(...paths: string[]): () => SVGElement {
  return () => {
    const svg = document.createElementNS(SVG, 'svg')
    const attributes = {
      width: '22',
      height: '22',
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': '2',
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      'aria-hidden': 'true',
    }
    for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value)
    for (const d of paths) {
      const path = document.createElementNS(SVG, 'path')
      path.setAttribute('d', d)
      svg.append(path)
    }
    return svg
  }
}

const MICROPHONE = ['M9 5a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0z', 'M5 10a7 7 0 0 0 14 0', 'M8 21h8', 'M12 17v4']

export const icons = {
  chat: icon('M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z', 'M8 9h8', 'M8 13h5'),
  close: icon('M6 6l12 12', 'M18 6L6 18'),
  send: icon('M5 12h14', 'M13 6l6 6-6 6'),
  microphone: icon(...MICROPHONE),
  microphoneOff: icon(...MICROPHONE, 'M3 3l18 18'),
  hangUp: icon('M7 7h10v10H7z'),
  person: icon('M8 7a4 4 0 1 0 8 0a4 4 0 0 0-8 0', 'M6 21v-2a4 4 0 0 1 4-4h4a4 4 0 0 1 4 4v2'),
}
