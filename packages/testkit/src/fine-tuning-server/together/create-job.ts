import { boolean, type Check, type JsonObject, nullOr, number, object, oneOf, text } from "../checks.ts";

const whole = (min: number): Check => number({ min, isWhole: true });

const maxOr =
  (check: Check): Check =>
  (value, at) =>
    value === "max" || check(value, at);
const autoOrBoolean: Check = (value, at) => value === "auto" || boolean(value, at);

const dpo = object(
  { method: oneOf("dpo") },
  {
    dpo_beta: number({ above: 0 }),
    rpo_alpha: number({ min: 0 }),
    dpo_normalize_logratios_by_length: boolean,
    dpo_reference_free: boolean,
    simpo_gamma: number({ min: 0 }),
  },
);
const sft = object({ method: oneOf("sft"), train_on_inputs: autoOrBoolean });
const trainingMethod: Check = (value, at) =>
  ((value as JsonObject | null)?.method === "dpo" ? dpo : sft)(value, at);

const lora = object(
  { type: oneOf("Lora"), lora_r: whole(1), lora_alpha: number({ above: 0 }) },
  { lora_dropout: number({ min: 0, max: 1 }), lora_trainable_modules: text({ min: 1 }) },
);
const full = object({ type: oneOf("Full") });
const trainingType: Check = (value, at) =>
  ((value as JsonObject | null)?.type === "Full" ? full : lora)(value, at);

const scheduler = object(
  { lr_scheduler_type: oneOf("linear", "cosine") },
  {
    lr_scheduler_args: object(
      {},
      { min_lr_ratio: number({ min: 0, max: 1 }), num_cycles: number({ above: 0 }) },
    ),
  },
);

/** POST /fine-tunes of https://github.com/togethercomputer/openapi; a suffix has 40 characters at most. */
export const createTogetherJobBody: Check = object(
  { training_file: text({ min: 1 }) },
  {
    model: text({ min: 1 }),
    // The official client sends an empty one where there is none.
    validation_file: text(),
    packing: boolean,
    max_seq_length: whole(1),
    n_epochs: whole(1),
    n_checkpoints: whole(1),
    n_evals: whole(0),
    batch_size: maxOr(whole(1)),
    learning_rate: number({ above: 0 }),
    lr_scheduler: scheduler,
    warmup_ratio: number({ min: 0, max: 1 }),
    max_grad_norm: number({ min: 0 }),
    weight_decay: number({ min: 0 }),
    random_seed: nullOr(number({ isWhole: true })),
    suffix: text({ min: 1, max: 40 }),
    wandb_api_key: text({ min: 1 }),
    wandb_base_url: text({ min: 1 }),
    wandb_project_name: text({ min: 1 }),
    wandb_name: text({ min: 1 }),
    wandb_entity: text({ min: 1 }),
    train_on_inputs: autoOrBoolean,
    training_method: trainingMethod,
    training_type: nullOr(trainingType),
    from_checkpoint: text({ min: 1 }),
    from_hf_model: text({ min: 1 }),
    hf_model_revision: text({ min: 1 }),
    hf_api_token: text({ min: 1 }),
    hf_output_repo_name: text({ min: 1 }),
  },
);
