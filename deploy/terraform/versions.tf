terraform {
  # 1.11 is the first that can hand a secret on without keeping it in its state.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 6.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { Product = "complianceai" }
  }
}
