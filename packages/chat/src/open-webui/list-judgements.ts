import type { JsonObject } from "@dpo-kit/schema";
import type { Judgement } from "../model/judgement.ts";
import { answersByParent, type OpenWebuiChat } from "./read-chat.ts";
import { type FeedbackEntry, latestFeedback, type Rating, readRating } from "./read-feedback.ts";
import { originalText } from "./read-message.ts";

/** What was said of one answer, and where. */
interface RatedAnswer extends Rating {
  readonly message: string;
  readonly arena: boolean;
}

/** What people said of the answers of a chat: in its feedback, else in the annotations of its messages. */
export class OpenWebuiJudge {
  readonly #chat: OpenWebuiChat;
  readonly #answers: ReadonlyMap<string, readonly string[]>;

  constructor(chat: OpenWebuiChat) {
    this.#chat = chat;
    this.#answers = answersByParent(chat);
  }

  /** Every judgement. `entries` are the exported feedback; `annotations` says whether the messages' own are up to date. */
  judgements(entries: readonly FeedbackEntry[], { annotations }: { annotations: boolean }): Judgement[] {
    const rated = latestFeedback(entries).flatMap((entry) => this.#judge(entry));
    return [...rated, ...(annotations ? this.#annotated(entries) : []), ...this.#edits()];
  }

  #judge({ message, up, score, arena }: RatedAnswer): Judgement[] {
    const scored: Judgement[] =
      score === undefined
        ? []
        : [{ kind: "score", turn: message, name: "rating", value: score, scale: [1, 10] }];
    if (up === undefined) {
      return scored;
    }
    const rival = arena ? this.#rivalOf(message) : undefined;
    const judged: Judgement =
      rival === undefined
        ? { kind: "thumb", turn: message, up }
        : { kind: "vote", winner: up ? message : rival, loser: up ? rival : message };
    return [judged, ...scored];
  }

  /**
   * The other side of a battle. Open WebUI counts a thumb as won or lost against every sibling; where there is one
   * other finished answer, that is a vote.
   */
  #rivalOf(id: string): string | undefined {
    const parent = this.#chat.messages.get(id)?.parentId;
    const answers = typeof parent === "string" ? (this.#answers.get(parent) ?? []) : [];
    const finished = answers.filter((answer) => isFinished(this.#chat.messages.get(answer)!));
    const [rival, ...more] = finished.filter((answer) => answer !== id);
    return more.length === 0 && finished.includes(id) ? rival : undefined;
  }

  /**
   * "Save As Copy" copies the annotation and the id of the feedback with the answer: where several have it, nobody can
   * tell which one was meant, unless the feedback itself says so.
   */
  #annotated(entries: readonly FeedbackEntry[]): Judgement[] {
    const told = new Set(entries.flatMap(({ id, message }) => [`feedback ${id}`, `message ${message}`]));
    const copied = this.#copiedFeedback();
    const judged: Judgement[] = [];
    for (const [message, { annotation, feedbackId, arena }] of this.#chat.messages) {
      const rating = readRating(annotation);
      const isTold = told.has(`message ${message}`) || told.has(`feedback ${String(feedbackId)}`);
      if (rating === undefined || isTold) {
        continue;
      }
      judged.push(
        ...(copied.has(feedbackId)
          ? ([{ kind: "none", reason: "copied-rating" }] as const)
          : this.#judge({ ...rating, message, arena: arena === true })),
      );
    }
    return judged;
  }

  /** The ids of feedback that several answers have. */
  #copiedFeedback(): ReadonlySet<unknown> {
    const seen = new Set<unknown>();
    const copied = new Set<unknown>();
    for (const { feedbackId } of this.#chat.messages.values()) {
      if (typeof feedbackId === "string") {
        (seen.has(feedbackId) ? copied : seen).add(feedbackId);
      }
    }
    return copied;
  }

  #edits(): Judgement[] {
    return [...this.#chat.messages].flatMap(([turn, message]): Judgement[] => {
      const text = message.role === "assistant" ? originalText(message) : undefined;
      return text === undefined ? [] : [{ kind: "edit", turn, text, textIs: "original", where: "chat" }];
    });
  }
}

function isFinished({ done, error }: JsonObject): boolean {
  return done !== false && (error === undefined || error === null || error === false);
}
