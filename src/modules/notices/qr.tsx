import type { FC } from 'hono/jsx';
import sharp from 'sharp';
import { encode } from 'uqr';

/** The permanent address printed as a QR code: it opens the booking for its owner and the arrival for the team. */
export const permanentAddress = (publicUrl: string, reference: string): string => `${publicUrl}/r/${reference}`;

const quiet = 4;

/** The dark squares of a code as one path, row by row, with the quiet zone that readers need around it. */
function draw(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const runs: string[] = [];
  data.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x += 1;
      runs.push(`M${from + quiet} ${y + quiet}h${x - from + 1}v1H${from + quiet}z`);
    }
  });
  return { size: size + 2 * quiet, path: runs.join('') };
}

/** A QR code as SVG: always dark on white, in dark mode too, or cameras would not read it. */
export const QrCode: FC<{ text: string; label: string }> = ({ text, label }) => {
  const { size, path } = draw(text);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="white" />
      <path d={path} fill="black" />
    </svg>
  );
};

/** The code to show on arrival, beside what is said of a booking or a registration. */
export const QrCard: FC<{ publicUrl: string; reference: string; label: string; text: string }> = (props) => (
  <section class="card qr-card" aria-label={props.label}>
    <QrCode text={permanentAddress(props.publicUrl, props.reference)} label={props.label} />
    <p class="meta">{props.text}</p>
  </section>
);

const pixels = 8;

/** The same code as a PNG, for mails: most mailboxes draw no SVG. */
export async function qrPng(text: string): Promise<Buffer> {
  const { size, path } = draw(text);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size * pixels}" height="${size * pixels}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<rect width="${size}" height="${size}" fill="white"/><path d="${path}" fill="black"/></svg>`;
  return sharp(Buffer.from(svg)).png({ palette: true, colours: 2 }).toBuffer();
}
