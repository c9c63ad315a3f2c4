import type { Child } from 'hono/jsx';
import { describe, expect, test } from 'vitest';
import { LocaleContext } from '../locale-context.ts';
import * as Ui from './index.ts';

const html = (node: Child): string => String(node);

describe('A field', () => {
  test('ties its label, its hint and its error to its control', () => {
    const text = html(
      <Ui.Field label="Votre nom" name="nom" hint="En entier" error="Dites-nous votre nom." required />,
    );
    expect(text).toContain('for="f-nom"');
    expect(text).toContain('aria-describedby="f-nom-hint f-nom-error"');
    expect(text).toContain('aria-invalid="true"');
    expect(text).toContain('id="f-nom-error"');
  });
  test('says in the page’s language that it may be left empty', () => {
    expect(html(<Ui.Field label="Naam" name="naam" />)).toContain('(facultatif)');
    const dutch = (
      <LocaleContext.Provider value="nl">
        <Ui.Field label="Naam" name="naam" />
      </LocaleContext.Provider>
    );
    expect(html(dutch)).toContain('(niet verplicht)');
  });
  test('escapes what people typed', () => {
    expect(html(<Ui.Field label="Nom" name="nom" value={'"><script>'} />)).not.toContain('<script>');
    expect(html(<Ui.TextArea label="Mot" name="mot" value="</textarea><b>" />)).not.toContain('</textarea><b>');
  });
  test('keeps the chosen option, in its group', () => {
    const options = [
      { value: 'a', label: 'Couper du bois', group: 'Fabriquer' },
      { value: 'b', label: 'Être au calme' },
    ];
    const text = html(<Ui.Select label="Je cherche" name="quoi" options={options} value="b" plain />);
    expect(text).toMatch(/<option value="b" selected="">/);
    expect(text).toContain('<optgroup label="Fabriquer">');
    expect(text).not.toContain('facultatif');
  });
});

test('A group without a name of its own gives its hint none, so that no two share one', () => {
  expect(html(<Ui.FieldGroup legend="Jusqu’à quand ?" hint="L’un ou l’autre." />)).not.toContain('id=');
  expect(html(<Ui.FieldGroup legend="Quand" hint="Le jour." id="f-quand" />)).toContain('id="f-quand-hint"');
});

test('The error summary leads to each field', () => {
  const text = html(<Ui.ErrorSummary title="Une réponse manque" errors={[{ field: 'lieu.nom', message: 'Le nom' }]} />);
  expect(text).toContain(`href="#${Ui.fieldId('lieu.nom')}"`);
  expect(html(<Ui.ErrorSummary title="Rien" errors={[]} />)).toBe('');
});

test('The errors on top say of which field they speak', () => {
  const errors = [{ field: 'nom', message: 'Ce champ est nécessaire.' }, { message: 'Complet.' }];
  const text = html(<Ui.ErrorSummary title="À revoir" errors={errors} labels={{ nom: 'Combien ?' }} />);
  expect(text).toContain('Combien\u00a0: Ce champ est nécessaire.');
  expect(text).toContain('<li>Complet.</li>');
});

test('A one-gesture form carries its hidden values and the version it was made from', () => {
  const text = html(<Ui.PostButton action="/fr/x" label="Annuler" hidden={{ raison: 'panne' }} version={4} />);
  expect(text).toContain('name="raison" value="panne"');
  expect(text).toContain('name="version" value="4"');
});

describe('The planning', () => {
  const columns = Array.from({ length: 6 }, (_, i) => ({ key: `${i}`, label: `${8 + i / 2} h`, major: i % 2 === 0 }));

  test('shows one head an hour, as wide as its steps', () => {
    expect(Ui.gridHeads(columns).map((head) => [head.label, head.span])).toEqual([
      ['8 h', 2],
      ['9 h', 2],
      ['10 h', 2],
    ]);
  });
  test('says each cell’s hours and state in words', () => {
    const rows: Ui.GridRow[] = [
      {
        header: { label: 'Salle Marais' },
        cells: [
          { span: 2, kind: 'closed', time: '8 h – 9 h' },
          { span: 4, kind: 'busy', label: 'Anne', time: '9 h – 11 h', href: '/r/1', attrs: { 'data-id': '1' } },
        ],
      },
    ];
    const text = html(<Ui.WeekGrid caption="Lundi" columns={columns} rows={rows} />);
    expect(text).toContain('Fermé');
    expect(text).toContain('colspan="4"');
    expect(text).toContain('data-id="1"');
    expect(text).toContain('9 h – 11 h');
  });
});

test('A table keeps each column’s word for the phone, where it becomes a list', () => {
  const columns = [{ label: 'Quoi', heading: true }, { label: 'Quand' }, { label: 'Gestes', action: true }];
  const text = html(<Ui.DataTable caption="Mes réservations" columns={columns} rows={[['Salle', 'lundi', 'x']]} />);
  expect(text).toContain('<th scope="row">Salle</th>');
  expect(text).toContain('data-label="Quand"');
  expect(text).not.toContain('data-label="Gestes"');
});

test('The board shows what there is, or says that there is nothing', () => {
  const rows = [{ time: '09:00', title: 'Aide', place: 'Salle', status: 'complet', late: true }];
  expect(html(<Ui.Board title="Aujourd’hui" rows={rows} empty="Rien" />)).toContain('board-late');
  expect(html(<Ui.Board title="Aujourd’hui" rows={[]} empty="Rien aujourd’hui." />)).toContain('Rien aujourd’hui.');
});

test('No component writes a style attribute or an inline handler, which the page’s policy forbids', () => {
  const line = { letter: 'F', colour: 'orange', name: 'Fab lab' } as const;
  const text = html(
    <div>
      <Ui.Placeholder line={line} />
      <Ui.NetworkLine
        stops={[
          { label: 'La Station', active: true },
          { label: 'Le bus', moving: true },
        ]}
      />
      <Ui.PointMap title="Lieux" width={100} height={100} points={[{ x: 1, y: 2, label: 'A', kind: 'station' }]} />
      <Ui.ResultCard line={line} title="Laser" slots={[{ href: '/x', label: '9 h' }]} />
      <Ui.Steps label="Étapes" steps={[{ label: 'Choisir', state: 'current' }]} />
    </div>,
  );
  expect(text).not.toMatch(/\sstyle=|\son\w+=/);
});
