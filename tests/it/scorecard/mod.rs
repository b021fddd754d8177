mod cards;
mod close_rate;
mod close_rates;
