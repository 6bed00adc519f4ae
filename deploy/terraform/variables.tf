variable "region" {
  description = "Where everything stands. Mumbai, so that papers of Indian companies stay in India."
  type        = string
  default     = "ap-south-1"
}

variable "host" {
  description = "The name at which people find the product, such as compliance.example."
  type        = string
}

variable "certificate_arn" {
  description = "The certificate for that name, from ACM in the same region."
  type        = string
}

variable "image" {
  description = "The image that the services begin with. Later ones are brought by deploy/roll-out, which this leaves alone."
  type        = string
}

variable "settings" {
  description = "Further settings of web and worker that are no secrets, such as MAIL_FROM, BACKUP_KEY, AI_PROVIDERS."
  type        = map(string)
  default     = {}
}

variable "secret_settings" {
  description = "Further settings that are secrets, such as SMTP_URL: by name, the ARN of the secret that holds it."
  type        = map(string)
  default     = {}
}

variable "github_repository" {
  description = "owner/name of the repository whose main branch may bring images and roll them out. None, where left out."
  type        = string
  default     = null
}

variable "github_oidc_provider_arn" {
  description = "GitHub's identity provider in this account, of which there can be only one. Made here, where left out."
  type        = string
  default     = null
}

variable "network" {
  description = "The range of addresses of the network; a /16 leaves room."
  type        = string
  default     = "10.40.0.0/16"
}

variable "zones" {
  description = "Over how many availability zones everything is spread."
  type        = number
  default     = 2

  validation {
    condition     = var.zones >= 2 && var.zones <= 4
    error_message = "A balancer wants two zones at least, and more than four earn nothing."
  }
}

variable "gateway_in_each_zone" {
  description = "Whether each zone has its own way out (NAT). With one for all, its zone's fall stops mail and webhooks."
  type        = bool
  default     = false
}

variable "database_class" {
  description = "The machine of PostgreSQL."
  type        = string
  default     = "db.t4g.medium"
}

variable "database_gigabytes" {
  description = "The disk that PostgreSQL begins with; it grows by itself to ten times that."
  type        = number
  default     = 50
}

variable "database_multi_az" {
  description = "Whether a second machine in another zone stands ready to be the database within a minute or two."
  type        = bool
  default     = true
}

variable "database_password_version" {
  description = "Raise it by one to give the database a new password; then start web and worker anew."
  type        = number
  default     = 1
}

variable "deletion_protection" {
  description = "Whether database and balancer refuse to be destroyed."
  type        = bool
  default     = true
}

variable "cache_class" {
  description = "The machines of Valkey. It holds counts and caches only."
  type        = string
  default     = "cache.t4g.small"
}

variable "cache_machines" {
  description = "How many machines Valkey has; from two on, one takes over where another falls."
  type        = number
  default     = 2
}

variable "web_size" {
  description = "Processor (1024 is one) and memory in MiB of each web task; two processes serve in it."
  type        = object({ cpu = number, memory = number })
  default     = { cpu = 1024, memory = 2048 }
}

variable "web_count" {
  description = "The fewest and the most web tasks; between them the processor's load decides."
  type        = object({ least = number, most = number })
  default     = { least = 2, most = 10 }
}

variable "worker_size" {
  description = "Processor and memory in MiB of each worker task, which also sets papers and makes backups."
  type        = object({ cpu = number, memory = number })
  default     = { cpu = 512, memory = 2048 }
}

variable "worker_count" {
  description = "The fewest and the most worker tasks."
  type        = object({ least = number, most = number })
  default     = { least = 1, most = 4 }
}

variable "worker_disk_gigabytes" {
  description = "Room on a worker's own disk, where a backup is made and tried before it is put away."
  type        = number
  default     = 50
}

variable "backup_days" {
  description = "How long RDS keeps its own snapshots; the product's backups stand in the bucket besides (docs/backups.md)."
  type        = number
  default     = 14
}

variable "log_days" {
  description = "How long logs are kept."
  type        = number
  default     = 180
}
