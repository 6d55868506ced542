import './suites/orders.js';
import './suites/catalogue.js';
import './suites/reports.js';
