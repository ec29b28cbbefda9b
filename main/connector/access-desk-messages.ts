import type { ModelOptions } from '../access/types.ts';
import { Pieces, type Piece } from '../c1z/pieces.ts';
import {
  AccessDesk,
  type Answered,
  type DeskQuestion,
  type DeskQuestions,
  type PackedLook,
} from './access-desk.ts';

/** What is said to a desk in a process of its own; what was read follows in pieces, as it asks for them. */
export type ToDesk =
  | {
      readonly kind: 'take';
      readonly at: number;
      readonly options: ModelOptions;
      readonly previous: Uint8Array | null;
    }
  | { readonly kind: 'piece'; readonly piece: Piece }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly name: DeskQuestion;
      readonly question: DeskQuestions[DeskQuestion]['question'];
    };

export type FromDesk =
  | { readonly kind: 'more' }
  | { readonly kind: 'taken'; readonly look: PackedLook }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly answered: Answered<DeskQuestion>;
    };

/** The process's side: give it what arrives. An exception ends the process, which the other side sees. */
export function deskOfMessages(post: (message: FromDesk) => void): (message: ToDesk) => void {
  const desk = new AccessDesk();
  let taking: { readonly order: ToDesk & { kind: 'take' }; readonly pieces: Pieces } | null = null;
  return (message) => {
    switch (message.kind) {
      case 'take':
        taking = { order: message, pieces: new Pieces() };
        post({ kind: 'more' });
        return;
      case 'piece': {
        if (taking === null) throw new Error('A piece came before its look.');
        taking.pieces.add(message.piece);
        if (!message.piece.last) {
          post({ kind: 'more' });
          return;
        }
        const { order, pieces } = taking;
        taking = null;
        const read = { organisations: pieces.organisations, options: order.options };
        post({ kind: 'taken', look: desk.take(read, order.at, order.previous) });
        return;
      }
      case 'ask':
        post({
          kind: 'answer',
          id: message.id,
          answered: desk.answer(message.name, message.question),
        });
    }
  };
}
