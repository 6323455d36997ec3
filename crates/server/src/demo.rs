//! placeholder
use anyhow::Result;
use clap::Args;
#[derive(Args)]
pub struct DemoOpties {}
pub async fn demo(_o: DemoOpties) -> Result<bool> {
    Ok(true)
}
